"""Who moves the PBX without CSTA: hands at phones, the outside, the technician, traffic; and the
page that shows it.
"""
