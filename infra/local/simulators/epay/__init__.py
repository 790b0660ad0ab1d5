"""The payment operator ePay.bg on a laptop, by its public protocol, with faults to order.

`python -m infra.local.simulators.epay --help`. Nothing here is shared with the adapter.
"""
