"""The built-in model: rules for English news writing, behind the OpenAI protocol.

A baseline that needs no key. It gets what any model gets, the messages and
the JSON schema, and says in every reply that it is `builtin`.
"""
