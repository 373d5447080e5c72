"""An invented marketplace, as small as one can be: what CONTRIBUTING says about adding one."""
