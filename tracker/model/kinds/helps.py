"""What forms say about fields that several kinds have."""

DATE_HELP = "in words (“last Monday”), as 9 Dec 2019, or as EDTF (2019-12-09?, 2019-12, [2019-12-09..2019-12-14])"
