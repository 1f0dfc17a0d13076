using System.ComponentModel;

namespace FastRnn.CompilerServices;

/// <summary>Written by the generator: the source of a cell of this assembly, so that a project that references the assembly can
/// specialise the cell for its own sizes.</summary>
/// <param name="cell">The cell's type.</param>
/// <param name="source">The C# text of its class.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class CellSourceAttribute(Type cell, string source) : Attribute
{
    /// <summary>The cell's type.</summary>
    public Type Cell { get; } = cell;

    /// <summary>The C# text of its class.</summary>
    public string Source { get; } = source;
}
