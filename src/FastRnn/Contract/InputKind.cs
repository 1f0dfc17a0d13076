namespace FastRnn;

/// <summary>What one step of a model reads.</summary>
public enum InputKind
{
    /// <summary>A vector of numbers.</summary>
    Vector,

    /// <summary>A token, looked up in a learned table.</summary>
    Embedding,

    /// <summary>A token, seen as a one-hot vector.</summary>
    OneHot,

    /// <summary>Several of these side by side: a vector beside tokens, or several tokens.</summary>
    Mixed,
}
