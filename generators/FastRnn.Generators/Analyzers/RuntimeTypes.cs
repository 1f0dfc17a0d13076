using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FastRnn.Generators.Analyzers;

/// <summary>The types of the runtime whose use is looked at: what runs a model, and has state, memory and perhaps threads of its
/// own.</summary>
internal sealed class RuntimeTypes
{
    private static readonly string[] Names =
    [
        "Inference.Session`1", "Inference.Predictor`1", "Inference.SequenceGenerator`1",
        "Training.Trainer`1", "Training.Evaluator`1", "Training.Bptt`1", "Diagnostics.Inspector`1",
    ];

    private readonly HashSet<INamedTypeSymbol> runners = new(SymbolEqualityComparer.Default);
    private readonly INamedTypeSymbol model;

    private RuntimeTypes(Compilation compilation, INamedTypeSymbol model)
    {
        this.model = model;
        foreach (var name in Names)
        {
            if (compilation.GetTypeByMetadataName("FastRnn." + name) is { } type)
            {
                runners.Add(type);
            }
        }
    }

    /// <summary>Null where FastRnn is not referenced: then there is nothing to look at.</summary>
    public static RuntimeTypes? Of(Compilation compilation) =>
        compilation.GetTypeByMetadataName("FastRnn.IModel`1") is { } model ? new RuntimeTypes(compilation, model) : null;

    /// <summary>Whether a type is a session, a trainer and so on.</summary>
    public bool IsRunner(ITypeSymbol? type) => type is INamedTypeSymbol { Arity: 1 } named && runners.Contains(named.OriginalDefinition);

    /// <summary>Whether a type is a model, or a type parameter that stands for one.</summary>
    public bool IsModel(ITypeSymbol? type) => type switch
    {
        ITypeParameterSymbol parameter => parameter.ConstraintTypes.Any(IsModel),
        null => false,
        _ => type.AllInterfaces.Append(type as INamedTypeSymbol)
            .Any(t => SymbolEqualityComparer.Default.Equals(t?.OriginalDefinition, model)),
    };

    /// <summary>Whether an operation makes a session, a trainer and so on: <c>new</c>, or a method of the model called Create.</summary>
    public bool IsCreation(IOperation operation) => operation switch
    {
        IObjectCreationOperation creation => IsRunner(creation.Type),
        IInvocationOperation { Instance: { } instance } call =>
            IsRunner(call.Type) && call.TargetMethod.Name.StartsWith("Create", StringComparison.Ordinal) && IsModel(instance.Type),
        _ => false,
    };

    /// <summary>The model from which a session, a trainer and so on is made.</summary>
    public static IOperation? ModelOf(IOperation creation) => Operations.Plain(creation switch
    {
        IInvocationOperation call => call.Instance,
        IObjectCreationOperation { Arguments: var arguments } => arguments.FirstOrDefault(a => a.Parameter?.Ordinal == 0)?.Value,
        _ => null,
    });

    /// <summary>The batch size with which something is made, if the place says it: options that are written there, or none.</summary>
    public static int? BatchSize(IOperation? creation)
    {
        var arguments = creation switch
        {
            IInvocationOperation call => call.Arguments,
            IObjectCreationOperation made => made.Arguments,
            _ => [],
        };
        var options = arguments.FirstOrDefault(a => a.Parameter?.Name == "options");
        return options switch
        {
            null => null,
            { ArgumentKind: ArgumentKind.DefaultValue } => 1,
            _ => Operations.Plain(options.Value) is IObjectCreationOperation { Arguments.Length: 0 } written
                ? BatchSize(written.Initializer) : null,
        };
    }

    private static int? BatchSize(IObjectOrCollectionInitializerOperation? members)
    {
        foreach (var member in members?.Initializers.OfType<ISimpleAssignmentOperation>() ?? [])
        {
            if (member.Target is IPropertyReferenceOperation { Property.Name: "BatchSize" })
            {
                return member.Value.ConstantValue is { HasValue: true, Value: int and > 0 and var batch } ? batch : null;
            }
        }

        return 1;
    }

    /// <summary>The word for it in a message.</summary>
    public static string Word(ITypeSymbol? type) => type?.Name switch
    {
        "Session" => "session",
        "Trainer" => "trainer",
        "Predictor" => "predictor",
        "Evaluator" => "evaluator",
        "Bptt" => "Bptt",
        "Inspector" => "inspector",
        _ => "generator",
    };
}
