namespace FastRnn.Samples.Common;

/// <summary>An option of the command line.</summary>
/// <param name="Name">Without its dashes.</param>
/// <param name="Value">What stands for its value in the help: <c>FILE</c>; null if it has none.</param>
/// <param name="Help">One line.</param>
internal sealed record Option(string Name, string? Value, string Help)
{
    public override string ToString() => Value is null ? $"--{Name}" : $"--{Name} {Value}";
}
