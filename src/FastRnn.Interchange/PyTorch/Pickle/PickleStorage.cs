using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.PyTorch.Pickle;

/// <summary>A storage, which is an entry of the archive: <c>data/KEY</c>.</summary>
/// <param name="Type">The type of its elements.</param>
/// <param name="Key">Its name below <c>data/</c>.</param>
/// <param name="Count">Its number of elements.</param>
internal sealed record PickleStorage(ElementType Type, string Key, long Count);
