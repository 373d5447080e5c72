"""Is he who pays the one whom the parcel goes to?"""
