namespace FastRnn.Interchange.Networks;

/// <summary>What a dimension of an input or output of a file is.</summary>
internal enum Axis
{
    /// <summary>Sequences.</summary>
    Batch,

    /// <summary>Steps.</summary>
    Time,

    /// <summary>Numbers of a step.</summary>
    Feature,

    /// <summary>A dimension of size 1.</summary>
    One,

    /// <summary>Layers and directions of states, one behind the other: PyTorch's <c>h_0</c> is [Slice, Batch, Feature].</summary>
    Slice,
}
