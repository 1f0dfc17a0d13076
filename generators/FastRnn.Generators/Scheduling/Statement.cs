namespace FastRnn.Generators.Scheduling;

/// <summary>A line of an epilogue.</summary>
internal abstract record Statement
{
    /// <summary>The equation that the next lines compute.</summary>
    internal sealed record Comment(string Text) : Statement;

    /// <summary>A named value.</summary>
    internal sealed record Let(string Name, Expression Value) : Statement;

    /// <summary>A value goes to memory, always or only on a condition.</summary>
    internal sealed record Store(Slot Slot, Expression Value, StoreCondition Condition) : Statement;
}

/// <summary>When a store happens.</summary>
internal enum StoreCondition
{
    Always,

    /// <summary>Only if a backward pass will follow.</summary>
    Recording,

    /// <summary>Only if the gradient of the input is asked for.</summary>
    InputGradientAsked,
}
