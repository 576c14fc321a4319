"""The families of phrases as bits, so that what a clause says is one number.

"Why", "what caused" and "root cause" are all ``WHY``; which phrases speak for a family is data in
`phrases`. Rules ask ``said & (WHY | UP)``: whether either was said.
"""

# fmt: off
(
    COST, WHY, UP, DOWN, SPIKED, HIGH, CHANGE, VS, TREND, GRAIN, BREAK, TOPN, WHERE, TOTAL, SHOW,
    FUTURE, WILL, NEXT, ODD, ADVICE, IDLE, SAVE, COMMIT, OPTION, COVER, FEE, BUDGET, OVER, CREATE,
    PAST, PROPOSE, WHATIF, VAGUE, CAP, REASONING, RESEARCH, HELP, GREET, CLOUD, INJECT, SECRET,
    DESTROY, OTHER, CARBON, PAYMENT, PRICE, OPS, CODE, DOCS, INVENTORY, OTHERWORLD, IMPACT, REVIEW,
) = (1 << number for number in range(53))
# fmt: on

BITS: dict[str, int] = {
    name: value for name, value in globals().items() if name.isupper() and isinstance(value, int)
}
"""Every family by its name in `phrases`."""

# What a team may be called though the word means something else: "team payments".
NAMEABLE = UP | DOWN | PAYMENT | OPS | OTHERWORLD | CODE
