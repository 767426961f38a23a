"""Users who sign in by an OpenID Connect provider: any that has a discovery document."""
