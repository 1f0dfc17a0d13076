namespace FastRnn.Interchange.Networks;

/// <summary>An input that the file has and nothing in it reads.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Shape">Its dimensions, null for any size; null if the file does not say how many there are.</param>
internal sealed record UnusedPort(string Name, IReadOnlyList<long?>? Shape)
{
    /// <summary>The shape for messages: <c>[?, 7]</c>.</summary>
    public string ShapeText() =>
        Shape is null ? "of any shape" : $"[{string.Join(", ", Shape.Select(s => s is { } size ? $"{size}" : "?"))}]";

    /// <summary>Whether a tensor may be given for it.</summary>
    /// <param name="shape">The tensor's dimensions.</param>
    public bool Fits(IReadOnlyList<int> shape) =>
        Shape is null || (Shape.Count == shape.Count && Shape.Zip(shape).All(d => d.First is null || d.First == d.Second));
}
