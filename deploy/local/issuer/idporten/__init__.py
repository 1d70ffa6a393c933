"""The half that behaves as ID-porten: OpenID Connect for people, with pushed requests and PKCE."""
