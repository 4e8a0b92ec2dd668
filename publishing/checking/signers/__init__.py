"""Who may sign: people by their keys where the reviews folder lists them (signers.yml), by their names where it does not."""

from publishing.checking.signers.names import are_two_names, has_letters, names_a_post, same_person
from publishing.checking.signers.private_keys import Sealer, fingerprint
from publishing.checking.signers.signer_list import SIGNERS, Signer, SignerList, is_signed
from publishing.checking.signers.trust import load_signers, moments_seen, newest_seen, remember, unlock, what_is_known

__all__ = [
    "SIGNERS",
    "Sealer",
    "Signer",
    "SignerList",
    "are_two_names",
    "fingerprint",
    "has_letters",
    "is_signed",
    "load_signers",
    "moments_seen",
    "names_a_post",
    "newest_seen",
    "remember",
    "same_person",
    "unlock",
    "what_is_known",
]
