using System.Composition;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FastRnn.CodeFixes;

/// <summary>FRNN043: the attributes of a model in the order of the data: the inputs, the layers as they are, the loss; of an encoder, then
/// of its decoder.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(OrderFix)), Shared]
public sealed class OrderFix() : SourceFix("FRNN043")
{
    private const int Loss = 5;

    private protected override (string Title, SyntaxNode Root)? Propose(SyntaxNode root, Diagnostic diagnostic)
    {
        // Which head a loss belongs to is known by its place alone.
        if (At<TypeDeclarationSyntax>(root, diagnostic) is not { } type
            || type.AttributeLists.SelectMany(list => list.Attributes).Any(a => Declarations.Short(a) == "Output"))
        {
            return null;
        }

        var slots = type.AttributeLists.SelectMany(list => list.Attributes).Where(a => Rank(a) is not null).ToList();
        var decoder = slots.FindIndex(a => Declarations.Short(a) == "Decoder");
        var ordered = slots.Select((attribute, i) => (attribute, Part: i >= decoder || Rank(attribute) == Loss ? 1 : 0))
            .OrderBy(pair => pair.Part).ThenBy(pair => Rank(pair.attribute)).Select(pair => pair.attribute).ToList();
        return ("Put the attributes into the order of the data", root.ReplaceNode(type, Rearranged(type, slots, ordered)));
    }

    // Null for what may stand anywhere.
    private static int? Rank(AttributeSyntax attribute) => Declarations.Short(attribute) switch
    {
        "Encoder" or "Decoder" => 1,
        "Input" or "Embedding" or "OneHot" => 2,
        "Condition" => 3,
        "Layer" or "Dense" or "Dropout" or "Pool" or "Attention" or "Activation" or "Scale" or "Skip" => 4,
        "SoftmaxCrossEntropy" or "SigmoidBinaryCrossEntropy" or "MeanSquaredError" or "MeanAbsoluteError" or "Huber" or "Quantile"
            or "Ctc" or "Loss" => Loss,
        _ => null,
    };

    private static TypeDeclarationSyntax Rearranged(TypeDeclarationSyntax type, List<AttributeSyntax> slots, List<AttributeSyntax> ordered)
    {
        var lists = slots.Select(a => (AttributeListSyntax)a.Parent!).ToList();
        if (lists.All(list => list.Attributes.Count == 1 && list.GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia)))
        {
            // Each on its line: comments move with their lines. What stands before the first one belongs to the class.
            var first = type.AttributeLists[0];
            var (head, indent) = (first.GetLeadingTrivia(), Declarations.Indent(first));
            return type.ReplaceNodes(lists, (slot, _) =>
            {
                var moved = (AttributeListSyntax)ordered[lists.IndexOf(slot)].Parent!;
                return slot == moved
                    ? slot : slot == first ? moved.WithLeadingTrivia(head) : moved == first ? moved.WithLeadingTrivia(indent) : moved;
            });
        }

        return type.ReplaceNodes(slots, (slot, _) => ordered[slots.IndexOf(slot)].WithTriviaFrom(slot));
    }
}
