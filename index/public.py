"""Which addresses of the network may be fetched from: public ones alone, and only the web's ports."""

from __future__ import annotations

import socket
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

from rag.errors import InputError

Address = IPv4Address | IPv6Address

_GLOBAL = IPv6Network("2000::/3")
_NAT64 = IPv6Network("64:ff9b::/96")
# Reached from inside alone, though newer than or missing from Python's tables: protocol assignments, a cloud's own.
_INNER = (ip_network("192.0.0.0/24"), ip_network("168.63.129.16/32"))


def is_public(address: Address, port: int) -> bool:
    """Whether an address lies on the public internet, and the port is one of the web's.

    An IPv6 address that carries an IPv4 one (NAT64, 6to4) is as public as that.

    >>> is_public(ip_address("2002:7f00:1::"), 80)  # 127.0.0.1 by way of 6to4
    False
    """
    if port not in (80, 443):
        return False
    if isinstance(address, IPv6Address):
        if address in _NAT64:
            return is_public(IPv4Address(int(address) & 0xFFFFFFFF), port)
        if address.sixtofour:
            return is_public(address.sixtofour, port)
        return address in _GLOBAL and address.is_global
    inner = address.is_multicast or address.is_reserved or any(address in network for network in _INNER)
    return address.is_global and not inner


def resolve_host(host: str, port: int) -> list[str]:
    """Every address of a host; how long that may take is the system's own setting."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(info[4][0]) for info in found))


def addresses_of(
    host: str, port: int, allow: Callable[[Address, int], bool], resolve: Callable[[str, int], list[str]]
) -> list[Address]:
    """The addresses of a host; one that is not allowed condemns them all. InputError where there is none to use."""
    try:
        found = [ip_address(address) for address in resolve(host, port)]
    except (OSError, ValueError) as error:  # ValueError: a label too long for a host name
        raise InputError(f"the host {host!r} cannot be found ({error})") from error
    for address in found:
        if not allow(address, port):
            raise InputError(
                f"{host!r} is {address} port {port}: only public addresses are fetched, from ports 80 and 443"
            )
    if not found:
        raise InputError(f"the host {host!r} has no address")
    return found
