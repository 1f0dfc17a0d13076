namespace FastRnn.Tests.Matrix;

/// <summary>A model of some shape.</summary>
internal interface IShape
{
    ModelInfo Info { get; }

    /// <summary>Whether each step can have its output before the next one comes.</summary>
    bool Streams { get; }
}
