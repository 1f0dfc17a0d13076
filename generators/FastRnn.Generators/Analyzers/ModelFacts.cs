using Microsoft.CodeAnalysis;

namespace FastRnn.Generators.Analyzers;

/// <summary>What a model's attributes say to those who use it, of this compilation or of a referenced assembly.</summary>
/// <param name="Name">The model's name.</param>
/// <param name="ReadsTokens">Whether it reads tokens alone, or vectors alone; null for both, and if it says nothing about its
/// input.</param>
/// <param name="Inputs">Numbers that a step reads, if it reads vectors.</param>
/// <param name="Tokens">Tokens that a step reads, if it reads any.</param>
/// <param name="Outputs">Numbers that a step writes, where a dense layer ends the model.</param>
/// <param name="Loss">Its loss; null without one.</param>
/// <param name="Starts">What a sequence starts from, in words.</param>
/// <param name="IsWhole">Whether it looks at its own sequence as a whole.</param>
/// <param name="EndsWithLast">Whether it sums its sequence up by the last step: each step of a stream is the last one so far.</param>
internal sealed record ModelFacts(
    string Name, bool? ReadsTokens, int? Inputs, int? Tokens, int? Outputs, LossKind? Loss, string? Starts, bool IsWhole, bool EndsWithLast)
{
    /// <summary>Whether a step reads a vector beside tokens.</summary>
    public bool ReadsBoth => Inputs is not null && Tokens is not null;

    /// <summary>The facts of the model that a session, a trainer and so on runs; null for a type parameter or a class without
    /// attributes.</summary>
    public static ModelFacts? Of(ITypeSymbol? runner)
    {
        if (runner is not INamedTypeSymbol { Arity: 1 } named || named.TypeArguments[0] is not INamedTypeSymbol model)
        {
            return null;
        }

        // The order of attributes is that of the source; an assembly keeps it.
        var attributes = model.GetAttributes()
            .Where(a => a.AttributeClass?.ContainingNamespace is { Name: "FastRnn", ContainingNamespace.IsGlobalNamespace: true })
            .OrderBy(a => a.ApplicationSyntaxReference?.Span.Start ?? 0).ToList();
        var decoder = attributes.FindIndex(a => Is(a, "Decoder"));
        var main = attributes.Skip(decoder + 1).ToList();
        if (!attributes.Any(a => Is(a, "Model")) || attributes.Any(a => a.AttributeConstructor is null))
        {
            return null;
        }

        var vector = main.FirstOrDefault(a => Is(a, "Input"));
        var tokens = main.Count(a => Is(a, "Embedding") || Is(a, "OneHot"));
        var hasHeads = main.Any(a => Is(a, "Output"));
        var last = main.LastOrDefault(a => Is(a, "Dense") || Is(a, "Layer"));
        return new ModelFacts(
            model.Name,
            vector is null == (tokens == 0) ? null : tokens > 0,
            vector is null ? null : Number(vector),
            tokens == 0 ? null : tokens,
            last is not null && Is(last, "Dense") && !hasHeads ? Number(last) : null,
            hasHeads ? LossKind.Mixed : main.Select(LossOf).FirstOrDefault(loss => loss is not null),
            decoder >= 0 ? "what an encoder reads" : main.Any(a => Is(a, "Condition")) ? "a vector" : null,
            main.Any(a => (Is(a, "Pool") && Number(a) != (int)Pooling.Last)
                || a.NamedArguments.Any(n => n is { Key: "Bidirectional" or "Backward", Value.Value: true })),
            main.Any(a => Is(a, "Pool") && Number(a) == (int)Pooling.Last));
    }

    private static LossKind? LossOf(AttributeData attribute) =>
        Is(attribute, "Loss") ? LossKind.Equations
        : Enum.TryParse<LossKind>(Short(attribute), out var loss) && loss != LossKind.None ? loss : null;

    private static bool Is(AttributeData attribute, string name) => Short(attribute) == name;

    private static string Short(AttributeData attribute)
    {
        const string Suffix = "Attribute";
        var name = attribute.AttributeClass!.Name;
        return name.EndsWith(Suffix, StringComparison.Ordinal) ? name.Substring(0, name.Length - Suffix.Length) : name;
    }

    private static int? Number(AttributeData attribute) =>
        attribute.ConstructorArguments.Length > 0 && attribute.ConstructorArguments[0].Value is int size ? size : null;
}
