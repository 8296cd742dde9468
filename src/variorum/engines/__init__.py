"""How the per-document stages are launched: on processes of this machine now, on a cluster later."""
