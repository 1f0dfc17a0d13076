namespace FastRnn.Interchange.PyTorch.Pickle;

/// <summary>A tuple, or a <c>torch.Size</c>, which is one.</summary>
/// <param name="Items">What it holds.</param>
internal sealed record PickleTuple(IReadOnlyList<object?> Items);
