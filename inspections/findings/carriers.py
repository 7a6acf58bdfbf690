from grants.guideline.api import Carrier

CARRIERS = (
    Carrier("5(2)-1", "指摘（適合しない規定を示す）、団体の意見、認定、是正", "findings:list"),
)
