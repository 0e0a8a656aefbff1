"""Abbreviations whose point ends no sentence, as parts of regular expressions. English only."""

TITLES = "Dr|Mr|Mrs|Ms|Prof|Gov|Sens?|Reps?|Gen|Lt|Col|Capt|Sgt|Cpl|Pfc|Rev|Adm|St"  # before a name
ABBREVIATIONS = (
    rf"{TITLES}|No|vs?|Jr|Sr|Inc|Co|Corp|Ltd|Dept|Mt|Ft|[ap]\.m|etc|i\.e|e\.g|Jan|Feb|Aug|Sept|Oct|Nov|Dec|[A-Z]"
)
