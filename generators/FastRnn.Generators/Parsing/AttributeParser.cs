using FastRnn.Generators.Diagnostics;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FastRnn.Generators.Parsing;

/// <summary>Reads one attribute of a model. An attribute that C# rejects breaks the model without a word of ours.</summary>
internal sealed class AttributeParser(IAssemblySymbol assembly, ProblemList problems)
{
    public AttributeSpec? Parse(AttributeData attribute, AttributeSyntax syntax)
    {
        if (IsRejected(attribute))
        {
            problems.Break();
            return null;
        }

        var place = problems.Place(syntax);
        var name = AttributeReading.ShortName(attribute.AttributeClass!);
        switch (name)
        {
            case "Input":
                return new InputSpec(InputKind.Vector, 0, Argument(attribute, 0), place, Place(syntax, 0), place);
            case nameof(InputKind.Embedding) when Has(attribute, "Vocabulary") && Has(attribute, "Size"):
                return new InputSpec(
                    InputKind.Embedding, Number(attribute, "Vocabulary"), Number(attribute, "Size"), Place(syntax, "Vocabulary"),
                    Place(syntax, "Size"), place);
            case nameof(InputKind.OneHot) when Has(attribute, "Vocabulary"):
                return new InputSpec(InputKind.OneHot, Number(attribute, "Vocabulary"), 0, Place(syntax, "Vocabulary"), place, place);
            case nameof(InputKind.Embedding) or nameof(InputKind.OneHot):
                // C# says itself that a required property is missing.
                problems.Break();
                return null;
            case "Layer":
                return Layer(attribute, syntax, place);
            case "Dense":
                return new DenseSpec(
                    Argument(attribute, 0), Place(syntax, 0), Member(attribute, "Activation", DenseActivation.Linear),
                    Place(syntax, "Activation"), Named(attribute, "Bias") is not { Value: false }, place);
            case "Activation":
                return new ActivationSpec(Member<DenseActivation>(attribute, 0), place);
            case "Scale":
                return new ScaleSpec(Fraction(attribute.ConstructorArguments[0]), Place(syntax, 0), place);
            case "Skip":
                return new SkipSpec(place);
            case nameof(LossKind.SoftmaxCrossEntropy) or nameof(LossKind.SigmoidBinaryCrossEntropy) or nameof(LossKind.MeanSquaredError)
                or nameof(LossKind.MeanAbsoluteError) or nameof(LossKind.Huber) or nameof(LossKind.Quantile) or nameof(LossKind.Ctc):
                var loss = (LossKind)Enum.Parse(typeof(LossKind), name);
                return Loss(attribute, syntax, loss, null, place);
            case "Loss":
                return LossReference.Of(attribute, LastGeneric(syntax.Name), assembly, problems) is { } named
                    ? Loss(attribute, syntax, LossKind.Equations, named, place) : null;
            case "Output":
                return new OutputSpec(
                    attribute.ConstructorArguments[0].Value as string ?? "", Place(syntax, 0),
                    Named(attribute, "Weight") is { } weight ? Fraction(weight) : 1, Place(syntax, "Weight"), place);
            case "Encoder":
                return new EncoderSpec(place);
            case "Decoder":
                return new DecoderSpec(
                    Member(attribute, "Handover", Handover.States), Named(attribute, "InputFeeding") is { Value: true },
                    Place(syntax, "InputFeeding"), place);
            case "Dropout":
                return new DropoutSpec(Fraction(attribute.ConstructorArguments[0]), Place(syntax, 0), place);
            case "Pool":
                return new PoolSpec(Member<Pooling>(attribute, 0), place);
            case "Attention":
                return new AttentionSpec(Member<AttentionScore>(attribute, 0), Argument(attribute, 1), Place(syntax, 1), place);
            case "Condition":
                return new ConditionSpec(Argument(attribute, 0), Place(syntax, 0), Member<ConditionTarget>(attribute, 1), place);
            case "Weights":
                return new WeightsSpec(
                    attribute.ConstructorArguments[0].Value as string ?? "", Member(attribute, "Format", WeightFormat.Float32),
                    Place(syntax, "Format"),
                    Number(attribute, "Width"), Place(syntax, "Width"), place);
            case "PyTorchInitialization":
                return new PyTorchSpec(place);
            default:
                return null;
        }
    }

    private LayerSpec? Layer(AttributeData attribute, AttributeSyntax syntax, Place place)
    {
        var cellPlace = LastGeneric(syntax.Name) is { } generic ? problems.Place(generic.TypeArgumentList.Arguments[0]) : place;
        var argument = attribute.AttributeClass!.TypeArguments.FirstOrDefault();
        if (argument is null or IErrorTypeSymbol)
        {
            problems.Break();
            return null;
        }

        // An array, for example: the next stage says that it is no cell.
        var cell = argument is INamedTypeSymbol named
            ? Reference(named)
            : new CellReference(argument.ToDisplayString(), "", IsMarked: false, null);
        var own = attribute.ConstructorArguments[1];
        if (own.IsNull)
        {
            problems.Add(Descriptors.Size, syntax, "The list of dimensions", "65536", "null");
            return null;
        }

        var dimensions = own.Values.Select(v => (int)v.Value!).ToList();
        var places = dimensions.Select((_, i) => Place(syntax, i + 1)).ToList();
        return new LayerSpec(
            cell, cellPlace, Argument(attribute, 0), Place(syntax, 0), new(dimensions), new(places), Options(attribute, syntax), place);
    }

    private LayerOptions Options(AttributeData attribute, AttributeSyntax syntax) => new(
        Named(attribute, "Bidirectional") is { Value: true },
        Named(attribute, "Backward") is { Value: true },
        Place(syntax, "Backward"),
        Member(attribute, "Merge", Merge.Concat),
        Place(syntax, "Merge"),
        Named(attribute, "RecurrentDropout") is { } rate ? Fraction(rate) : 0,
        Place(syntax, "RecurrentDropout"),
        Named(attribute, "Zoneout") is { } held ? Fraction(held) : 0,
        Place(syntax, "Zoneout"),
        new(Named(attribute, "StateZoneout") is { IsNull: false } rates ? [.. rates.Values.Select(Fraction)] : []),
        Place(syntax, "StateZoneout"),
        Member(attribute, "InitialState", InitialState.Zero),
        Place(syntax, "InitialState"),
        Named(attribute, "InitialScale") is { } scale ? Fraction(scale) : LayerOptions.UsualInitialScale,
        Place(syntax, "InitialScale"));

    private LossSpec Loss(AttributeData attribute, AttributeSyntax syntax, LossKind kind, LossReference? named, Place place) =>
        new(kind, Member(attribute, "Reduction", Reduction.Sum), LossOptions(attribute, syntax, kind), named, place);

    private LossOptions LossOptions(AttributeData attribute, AttributeSyntax syntax, LossKind loss)
    {
        List<double> quantiles = loss == LossKind.Quantile && !attribute.ConstructorArguments[0].IsNull
            ? [.. attribute.ConstructorArguments[0].Values.Select(Fraction)] : [];
        return new LossOptions(
            Named(attribute, "LabelSmoothing") is { } smoothing ? Fraction(smoothing) : 0,
            Place(syntax, "LabelSmoothing"),
            Named(attribute, "Delta") is { } delta ? Fraction(delta) : 1,
            Place(syntax, "Delta"),
            new(quantiles),
            new([.. quantiles.Select((_, i) => Place(syntax, i))]),
            Named(attribute, "ZeroInfinity") is { Value: true });
    }

    private CellReference Reference(INamedTypeSymbol cell)
    {
        var definition = cell.OriginalDefinition;
        var name = Identifiers.FullName(definition);
        var marked = AttributeReading.Has(definition, "FastRnn.CellAttribute");
        if (SymbolEqualityComparer.Default.Equals(definition.ContainingAssembly, assembly))
        {
            return new CellReference(name, "", marked, null);
        }

        var recorded = definition.ContainingAssembly.GetAttributes().FirstOrDefault(a =>
            a.AttributeClass is { } type && Identifiers.MetadataName(type) == "FastRnn.CompilerServices.CellSourceAttribute"
            && a.ConstructorArguments.Length == 2 && a.ConstructorArguments[0].Value is INamedTypeSymbol of
            && SymbolEqualityComparer.Default.Equals(of.OriginalDefinition, definition));
        return new CellReference(name, definition.ContainingAssembly.Name, marked, recorded?.ConstructorArguments[1].Value as string);
    }

    private static bool IsRejected(AttributeData attribute) =>
        attribute.AttributeConstructor is null
        || attribute.ConstructorArguments.Any(a => a.Kind == TypedConstantKind.Error
            || (a.Kind == TypedConstantKind.Array && !a.IsNull && a.Values.Any(v => v.Kind == TypedConstantKind.Error)))
        || attribute.NamedArguments.Any(a => a.Value.Kind == TypedConstantKind.Error);

    private static int Argument(AttributeData attribute, int index) =>
        attribute.ConstructorArguments[index].Value is int value ? value : 0;

    private static TypedConstant? Named(AttributeData attribute, string name) =>
        attribute.NamedArguments.Where(a => a.Key == name).Select(a => (TypedConstant?)a.Value).FirstOrDefault();

    private static bool Has(AttributeData attribute, string name) => Named(attribute, name) is not null;

    private static int Number(AttributeData attribute, string name) => Named(attribute, name)?.Value is int value ? value : 0;

    private static double Fraction(TypedConstant constant) => constant.Value is double value ? value : 0;

    private static TEnum Member<TEnum>(AttributeData attribute, int index)
        where TEnum : struct, Enum => AttributeReading.Member<TEnum>(attribute.ConstructorArguments[index]);

    private static TEnum Member<TEnum>(AttributeData attribute, string name, TEnum otherwise)
        where TEnum : struct, Enum => Named(attribute, name) is { } value ? AttributeReading.Member<TEnum>(value) : otherwise;

    private Place Place(AttributeSyntax syntax, int position)
    {
        var arguments = syntax.ArgumentList?.Arguments.Where(a => a.NameEquals is null).ToList();
        return arguments is not null && position < arguments.Count && arguments.All(a => a.NameColon is null)
            ? problems.Place(arguments[position].Expression)
            : problems.Place(syntax);
    }

    private Place Place(AttributeSyntax syntax, string name)
    {
        var argument = syntax.ArgumentList?.Arguments.FirstOrDefault(a => a.NameEquals?.Name.Identifier.ValueText == name);
        return problems.Place(argument is null ? syntax : argument.Expression);
    }

    private static GenericNameSyntax? LastGeneric(NameSyntax name) => name switch
    {
        QualifiedNameSyntax qualified => qualified.Right as GenericNameSyntax,
        AliasQualifiedNameSyntax aliased => aliased.Name as GenericNameSyntax,
        _ => name as GenericNameSyntax,
    };
}
