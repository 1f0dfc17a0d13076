using System.Reflection;
using System.Text;

namespace FastRnn.Compiler;

/// <summary>A declaration that is put together in code: the attributes of a model, one behind the other. It is nothing but a text
/// (<see cref="ToDeclaration"/>), which takes the way of every declaration.</summary>
/// <example><code>
/// var spec = new ModelSpec(
///     "Tagger", ModelPart.Embedding(vocabulary, 64), ModelPart.Layer("Lstm", hidden, new() { Bidirectional = true }),
///     ModelPart.Dense(tags), ModelPart.SoftmaxCrossEntropy());
/// </code></example>
public sealed record ModelSpec
{
    private static readonly string[] Usings =
    [
        "using FastRnn;", "using FastRnn.Cells;", "using FastRnn.Language;", "using FastRnn.Losses;",
        "using static FastRnn.Language.Functions;",
    ];

    // A class of the text hides those that it names by their last name alone.
    private static readonly Lazy<HashSet<string>> Taken = new(() =>
    [
        .. typeof(ModelAttribute).Assembly.GetExportedTypes()
            .Where(type => type.Namespace is "FastRnn" or "FastRnn.Cells" or "FastRnn.Language" or "FastRnn.Losses")
            .Select(type => type.Name.Split('`')[0]),
    ]);

    private const string RepeatedUsing = "CS0105";

    private readonly string cells = "", cellsPath = "cells.cs";

    /// <summary>Puts one together.</summary>
    /// <param name="name">The name of its class, which stands in messages; files do not depend on it.</param>
    /// <param name="parts">What goes in, layers, the loss: in the order of a declaration.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is no name of a class, or that of a class of FastRnn, such as
    /// <c>Lstm</c>: within the declaration it would hide that one.</exception>
    public ModelSpec(string name, params IEnumerable<ModelPart> parts)
    {
        Name = Compiler.Name.Check(name, nameof(name));
        if (Name.Contains('.', StringComparison.Ordinal))
            throw new ArgumentException($"Expected the name of a class without a namespace, got \"{name}\".", nameof(name));
        if (Taken.Value.Contains(Name))
            throw new ArgumentException($"\"{name}\" is a class of FastRnn: expected a name of the model's own.", nameof(name));
        ArgumentNullException.ThrowIfNull(parts);
        Parts = [.. parts];
        if (Parts.Any(part => part is null))
            throw new ArgumentException("One of the parts is null.", nameof(parts));
    }

    /// <summary>The name of its class.</summary>
    public string Name { get; }

    /// <summary>What goes in, layers, the loss: in the order of a declaration.</summary>
    public IReadOnlyList<ModelPart> Parts { get; }

    /// <summary>Cells and losses of its own, as text: classes with <see cref="CellAttribute"/> or <see cref="LossAttribute"/>. Usings may
    /// stand first, and those are there in any case: <c>FastRnn</c>, <c>FastRnn.Cells</c>, <c>FastRnn.Losses</c>, <c>FastRnn.Language</c>
    /// and its functions.</summary>
    public string Cells
    {
        get => cells;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            cells = value;
        }
    }

    /// <summary>What diagnostics call <see cref="Cells"/>, by whose lines they count there.</summary>
    public string CellsPath
    {
        get => cellsPath;
        init
        {
            ArgumentException.ThrowIfNullOrEmpty(value);
            cellsPath = value;
        }
    }

    /// <summary>Where cells and losses come from that were given as classes.</summary>
    internal IEnumerable<Assembly> Assemblies => Parts.Select(part => part.Equations?.Assembly).OfType<Assembly>()
        .Where(assembly => assembly != typeof(ModelAttribute).Assembly).Distinct();

    /// <summary>The text, complete with usings: it could as well be a file of a project. Usings are global where there are
    /// <see cref="Cells"/>, which may repeat them.</summary>
    public string ToDeclaration()
    {
        var text = new StringBuilder();
        if (Cells.Length == 0)
            text.AppendJoin('\n', Usings).Append("\n\n");
        else
            text.AppendJoin(' ', Usings.Select(line => $"global {line}")).Append('\n').Append(Cells).Append("\n\n");
        text.Append("[Model]\n");
        foreach (var part in Parts)
            text.Append('[').Append(part.Attribute).Append("]\n");
        return text.Append("public sealed partial class ").Append(Compiler.Name.InText(Name)).Append(";\n").ToString();
    }

    /// <summary>Diagnostics of <see cref="ToDeclaration"/>, those of <see cref="Cells"/> by their own lines, and without what only their
    /// own usings cause.</summary>
    /// <param name="diagnostics">By the lines of the whole text.</param>
    /// <param name="path">What they call it.</param>
    internal IReadOnlyList<CompileDiagnostic> Place(IReadOnlyList<CompileDiagnostic> diagnostics, string path)
    {
        if (Cells.Length == 0)
            return diagnostics;

        // Before them stands one line.
        var last = Cells.AsSpan().Count('\n') + 2;
        return
        [
            .. diagnostics.Where(d => d.Id != RepeatedUsing)
                .Select(d => d.Path == path && d.Line > 1 && d.Line <= last ? d with { Path = CellsPath, Line = d.Line - 1 } : d),
        ];
    }

    /// <summary>Whether both are the same text.</summary>
    /// <param name="other">Another.</param>
    public bool Equals(ModelSpec? other) => other is not null && ToDeclaration() == other.ToDeclaration();

    /// <inheritdoc/>
    public override int GetHashCode() => ToDeclaration().GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => ToDeclaration();
}
