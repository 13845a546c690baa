"""What the front door asks for."""

from django import forms


class DistrictForm(forms.Form):
    """The name of a district, or part of it."""

    district = forms.CharField(
        max_length=80,
        error_messages={
            "required": "Enter the name of a district",
            "max_length": "The name of a district has at most 80 letters",
            "null_characters_not_allowed": "The name of a district is made of letters",
        },
    )
