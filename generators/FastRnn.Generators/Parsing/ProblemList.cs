using FastRnn.Generators.Diagnostics;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace FastRnn.Generators.Parsing;

/// <summary>Collects the problems of one class while its syntax is at hand.</summary>
internal sealed class ProblemList(SyntaxNode type)
{
    private readonly List<Problem> problems = [];

    /// <summary>Whether no model and no other half may be made of the class: one of ours was an error, or C# rejects it.</summary>
    public bool IsBroken { get; private set; }

    public EquatableArray<Problem> Problems => new(problems);

    public void Break() => IsBroken = true;

    public void Add(DiagnosticDescriptor descriptor, SyntaxNodeOrToken at, params string[] arguments)
    {
        problems.Add(Problem.Of(descriptor, Place(at), arguments));
        IsBroken |= descriptor.DefaultSeverity == DiagnosticSeverity.Error;
    }

    /// <summary>Forgets the problems inside a span: C# has its own to report there.</summary>
    public void RemoveInside(TextSpan span)
    {
        var start = span.Start - type.SpanStart;
        problems.RemoveAll(p => p.Place.Start >= start && p.Place.Start + p.Place.Length <= start + span.Length);
    }

    public Place Place(SyntaxNodeOrToken at) => new(at.SpanStart - type.SpanStart, at.Span.Length);
}
