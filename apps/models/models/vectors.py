"""What the sentence encoder has read already."""

from django.db import models


class ResponseVector(models.Model):
    """A response to a prompt as the sentence encoder sees it, found again by the hash of both.

    No words are kept here, and none can be read back; empty where the encoder cannot take the text in whole.
    Deleted with its study.
    """

    study = models.ForeignKey("shared.Study", on_delete=models.CASCADE, related_name="+")
    encoder = models.CharField(max_length=40)
    digest = models.CharField(max_length=64, help_text="SHA-256 of the prompt and the response.")
    vector = models.BinaryField(help_text="32-bit numbers, least byte first.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["study", "encoder", "digest"], name="one_vector_a_response")
        ]

    def __str__(self) -> str:
        return self.digest[:12]
