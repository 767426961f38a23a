"""Who: companies, domains, users, groups, device rows, PBX links, administrators; and the
Actor."""
