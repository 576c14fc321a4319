"""What a bill alone shows to be worth changing: one module a check, each a rule and a formula.

    bill            the lines of the last full days that the checks look at
    public_prices   the ratios of public prices that savings rest on, dated, with their source
    volumes, instances, databases, idle, storage, network, support
                    the checks
    registry        all of them, as data
    find            runs them, and makes recommendations of what they find
    total           what all of it saves together, each line of the bill counted once

A saving is the account's own cost times a ratio of public prices, or the whole cost of what nobody
uses. Where neither can be said from the bill it is None, and the check says why.
"""
