"""RES4xx: what a scraper or a machine left behind: stripped Chinese, Chinese, mark-up, mojibake, page furniture."""
