using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FastRnn.Mutants.Making;

/// <summary>Chooses candidates by a seed: one of each area and kind of change in turn, so that neither the longest files nor the commonest
/// operators have most of them.</summary>
internal static class Selection
{
    private const int Letters = 120;

    /// <summary>Candidates whose changed text has a type that fits.</summary>
    /// <param name="compilation">Of the unchanged code.</param>
    /// <param name="trees">Files, and the areas of their methods; null for what is left alone.</param>
    /// <param name="count">How many.</param>
    /// <param name="first">The number of the first one.</param>
    /// <param name="seed">The same seed, the same choice.</param>
    public static IReadOnlyList<Choice> Of(
        Compilation compilation, IEnumerable<(SyntaxTree Tree, string Name, Func<string, string?> Area)> trees, int count, int first,
        int seed)
    {
        var random = new Random(seed);
        var groups = trees
            .SelectMany(file => CandidateFinder.Find(file.Tree.GetRoot())
                .Select(candidate => (candidate, file.Name, Area: file.Area(MethodOf(candidate.Node)))))
            .Where(place => place.Area is not null)
            .GroupBy(place => (Area: place.Area!, place.candidate.Kind))
            .OrderBy(group => group.Key.Kind, StringComparer.Ordinal).ThenBy(group => group.Key.Area, StringComparer.Ordinal)
            .Select(group => (group.Key, Places: new Queue<(Candidate Candidate, string File, string? Area)>(Shuffled(group, random))))
            .ToList();
        var models = new Dictionary<SyntaxTree, SemanticModel>();
        var (chosen, seen) = (new List<Choice>(), new HashSet<SyntaxNode>());
        while (chosen.Count < count && groups.Any(group => group.Places.Count > 0))
        {
            foreach (var ((area, kind), places) in groups)
            {
                while (chosen.Count < count && places.TryDequeue(out var place))
                {
                    var node = place.Candidate.Node;
                    if (!models.TryGetValue(node.SyntaxTree, out var model))
                        models.Add(node.SyntaxTree, model = compilation.GetSemanticModel(node.SyntaxTree));
                    var changed = place.Candidate.Change?.Invoke(model);
                    if (seen.Contains(node) || !Fits(place.Candidate, changed, model))
                        continue;

                    seen.Add(node);
                    chosen.Add(new(node, changed, new(
                        first + chosen.Count, area, kind, place.File, LineOf(node), MethodOf(node), Text(node),
                        Said(place.Candidate, changed)!)));
                    break;
                }
            }
        }

        return chosen;
    }

    /// <summary>The changes that a list names, each at the line that it says or the nearest one with the same text.</summary>
    /// <param name="compilation">Of the unchanged code.</param>
    /// <param name="trees">Files, and the areas of their methods; null for what is left alone.</param>
    /// <param name="wanted">The list; what stands in other files is left out.</param>
    /// <param name="first">The number of the first one.</param>
    /// <exception cref="InvalidOperationException">A file has no such place.</exception>
    public static IReadOnlyList<Choice> Of(
        Compilation compilation, IEnumerable<(SyntaxTree Tree, string Name, Func<string, string?> Area)> trees,
        IReadOnlyList<Mutant> wanted, int first)
    {
        var chosen = new List<Choice>();
        foreach (var (tree, name, area) in trees)
        {
            var here = wanted.Where(mutant => mutant.File == name).ToList();
            if (here.Count == 0)
                continue;

            var model = compilation.GetSemanticModel(tree);
            var places = CandidateFinder.Find(tree.GetRoot()).Select(candidate => (Candidate: candidate, Method: MethodOf(candidate.Node)))
                .ToList();
            foreach (var mutant in here)
            {
                var (candidate, changed) = places
                    .Where(place => place.Method == mutant.Method && Text(place.Candidate.Node) == mutant.Original)
                    .OrderBy(place => Math.Abs(LineOf(place.Candidate.Node) - mutant.Line))
                    .Select(place => (place.Candidate, Changed: place.Candidate.Change?.Invoke(model)))
                    .FirstOrDefault(pair =>
                        Said(pair.Candidate, pair.Changed) == mutant.Changed && Fits(pair.Candidate, pair.Changed, model));
                if (candidate is null)
                    throw new InvalidOperationException($"No such place: {mutant.Key}");

                var (id, line) = (first + chosen.Count, LineOf(candidate.Node));
                chosen.Add(new(candidate.Node, changed, mutant with
                {
                    Id = id,
                    Area = area(mutant.Method) ?? "",
                    Kind = candidate.Kind,
                    Line = line,
                }));
            }
        }

        return chosen;
    }

    /// <summary>The name of the method, property or type around a place.</summary>
    public static string MethodOf(SyntaxNode node) => node.Ancestors().Select(outer => outer switch
    {
        MethodDeclarationSyntax method => method.Identifier.Text,
        PropertyDeclarationSyntax property => property.Identifier.Text,
        LocalFunctionStatementSyntax => null,
        BaseTypeDeclarationSyntax type => type.Identifier.Text,
        _ => null,
    }).FirstOrDefault(name => name is not null) ?? "";

    private static bool Fits(Candidate candidate, SyntaxNode? changed, SemanticModel model)
    {
        if (candidate.Change is null)
            return true;
        if (changed is not ExpressionSyntax expression || IsBehindQuestion(expression)
            || model.GetConstantValue(candidate.Node).HasValue != IsLiteral(candidate.Node))
            return false;
        var (before, after) = (model.GetTypeInfo(candidate.Node).Type,
            model.GetSpeculativeTypeInfo(candidate.Node.SpanStart, expression, SpeculativeBindingOption.BindAsExpression).Type);
        return before is { IsRefLikeType: false, TypeKind: not TypeKind.Error, SpecialType: not SpecialType.System_String }
            && SymbolEqualityComparer.Default.Equals(before, after);
    }

    // The part of a?.B() that begins with the point: the compiler cannot say what type it has by itself.
    private static bool IsBehindQuestion(ExpressionSyntax expression) => expression.DescendantNodesAndSelf()
        .Any(node => node is MemberBindingExpressionSyntax or ElementBindingExpressionSyntax
            && !node.Ancestors().OfType<ConditionalAccessExpressionSyntax>().Any(outer => outer.WhenNotNull.Span.Contains(node.Span)));

    /// <summary>What stands in a list for a change; null if there is none.</summary>
    private static string? Said(Candidate candidate, SyntaxNode? changed) =>
        candidate.Change is null ? "(left out)" : changed is null ? null : Text(changed);

    private static int LineOf(SyntaxNode node) => node.GetLocation().GetLineSpan().StartLinePosition.Line + 1;

    private static bool IsLiteral(SyntaxNode node) => node is LiteralExpressionSyntax;

    private static string Text(SyntaxNode node)
    {
        var words = node.NormalizeWhitespace(" ", " ").ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var text = string.Join(' ', words);
        return text.Length <= Letters ? text : text[..Letters] + "...";
    }

    private static List<T> Shuffled<T>(IEnumerable<T> values, Random random)
    {
        var shuffled = values.ToArray();
        random.Shuffle(shuffled);
        return [.. shuffled];
    }
}
