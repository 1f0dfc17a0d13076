namespace FastRnn;

/// <summary>How a sequence becomes one vector. Only the steps of each sequence's own length count.</summary>
public enum Pooling
{
    /// <summary>Its last step; right after a bidirectional layer the last step of each direction, the whole sequence read; right after a
    /// layer that reads backward the last step that it read.</summary>
    Last,

    /// <summary>The mean over its steps.</summary>
    Mean,

    /// <summary>For each number the maximum over its steps.</summary>
    Max,
}
