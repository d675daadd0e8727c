"""The commune's side: receives sealed dossiers, answers with receipts and news, serves the officer's desk."""
