#!/usr/bin/env bash
# What a user of the wheel does, in an empty folder: index the demo, ask, be refused, open the chat's help.
set -euo pipefail
demo=$(python -c "import index, pathlib; print(pathlib.Path(index.__file__).parent / 'demo')")
case "$demo" in */site-packages/*) ;; *) echo "the wheel is not what is imported: $demo"; exit 1 ;; esac
onrecord-index "$demo" --index built
onrecord ask "How much will the Kellan dam repair cost?" --index built | tee answer.txt
grep -q "84 million crowns" answer.txt
status=0
onrecord ask "Who won the chess olympiad in Reykjavik?" --index built >/dev/null || status=$?
test "$status" = 3
python -m app --help >/dev/null
# The files that are no Python are in the wheel too.
python -c "from rag.chat.style import head, style_sheet; print(len(head()), len(style_sheet()))"
python -c "from rag.chat.page import header; print(header())"
python -c "from eval.wording import template; template('report.html')"
