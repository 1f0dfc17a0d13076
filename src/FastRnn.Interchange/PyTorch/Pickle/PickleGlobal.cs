namespace FastRnn.Interchange.PyTorch.Pickle;

/// <summary>A name of a class or a function of Python. It is a word and nothing more: there is nothing behind it that could run.</summary>
/// <param name="Name">Module and name: <c>torch._utils._rebuild_tensor_v2</c>.</param>
internal sealed record PickleGlobal(string Name);
