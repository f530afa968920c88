"""Products by oneDNN are those of a plain linear layer, to rounding, and so are their gradients."""

from __future__ import annotations

import copy

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.models.linear import FrozenLinear, quicken


def layers(width: int, out: int, *, bias: bool) -> tuple[torch.nn.Linear, torch.nn.Linear]:
    """A plain layer that needs no gradient, and the same one quickened."""
    with torch.random.fork_rng():
        torch.manual_seed(width * 41 + out)
        plain = torch.nn.Linear(width, out, bias=bias).requires_grad_(False)
    model = torch.nn.Sequential(copy.deepcopy(plain))
    quicken(model)
    quick = model[0]
    if not isinstance(quick, FrozenLinear):
        pytest.skip("this PyTorch has no oneDNN")
    return plain, quick


@settings(deadline=None)
@given(
    st.tuples(st.integers(1, 40), st.integers(1, 40)),
    st.lists(st.integers(1, 5), min_size=1, max_size=3),
    st.booleans(),
)
def test_product_and_gradient_are_those_of_a_plain_layer(shape: tuple[int, int], before: list[int], bias: bool) -> None:
    plain, quick = layers(*shape, bias=bias)
    found = []
    for layer in (plain, quick):
        x = torch.linspace(-1, 1, int(torch.tensor(before).prod()) * shape[0]).reshape(*before, shape[0])
        x.requires_grad_(True)
        made = layer(x)
        (gradient,) = torch.autograd.grad((made * made).sum(), x)
        found.append((made.detach(), gradient))
    for one, other in zip(*found, strict=True):
        torch.testing.assert_close(one, other, rtol=1e-4, atol=1e-5)


def test_weights_that_are_tuned_get_their_gradient() -> None:
    plain, quick = layers(8, 3, bias=True)
    x = torch.linspace(-1, 1, 40).reshape(5, 8)
    for layer in (plain, quick):
        layer.requires_grad_(True)
        layer(x).square().sum().backward()
    torch.testing.assert_close(plain.weight.grad, quick.weight.grad)
    torch.testing.assert_close(plain.bias.grad, quick.bias.grad)


def test_products_under_autocast_stay_in_bfloat16() -> None:
    _, quick = layers(8, 3, bias=True)
    with torch.autocast("cpu", torch.bfloat16):
        assert quick(torch.ones(2, 8)).dtype == torch.bfloat16
