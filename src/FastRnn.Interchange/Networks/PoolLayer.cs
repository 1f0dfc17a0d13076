namespace FastRnn.Interchange.Networks;

/// <summary>One vector of a sequence: its last step (right after a bidirectional layer the last step of each direction, so PyTorch's
/// <c>h_n</c> side by side; right after a layer that reads backward the last step that it reads, step 0), or the mean or maximum over
/// its steps.</summary>
/// <param name="Name">What the file calls it.</param>
/// <param name="Pooling">How.</param>
internal sealed record PoolLayer(string Name, Pooling Pooling) : NetworkLayer(Name);
