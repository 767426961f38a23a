"""The PBX's end of the CSTA link: sessions, monitors, services, snapshots, and bad manners."""
