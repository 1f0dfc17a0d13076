using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FastRnn.Generators.Analyzers;

/// <summary>The types of the runtime whose use is looked at: what runs a model, and has state, memory and perhaps threads of its own.</summary>
internal sealed class RuntimeTypes
{
    private readonly HashSet<INamedTypeSymbol> runners = new(SymbolEqualityComparer.Default);
    private readonly INamedTypeSymbol model;

    private RuntimeTypes(Compilation compilation, INamedTypeSymbol model)
    {
        this.model = model;
        foreach (var name in new[] { "Inference.Session`1", "Inference.Predictor`1", "Inference.SequenceGenerator`1", "Training.Trainer`1", "Training.Evaluator`1" })
        {
            if (compilation.GetTypeByMetadataName("FastRnn." + name) is { } type)
            {
                runners.Add(type);
            }
        }
    }

    /// <summary>Null where FastRnn is not referenced: then there is nothing to look at.</summary>
    public static RuntimeTypes? Of(Compilation compilation) =>
        compilation.GetTypeByMetadataName("FastRnn.CompilerServices.Model`1") is { } model ? new RuntimeTypes(compilation, model) : null;

    /// <summary>Whether a type is a session, a trainer and so on.</summary>
    public bool IsRunner(ITypeSymbol? type) => type is INamedTypeSymbol { Arity: 1 } named && runners.Contains(named.OriginalDefinition);

    /// <summary>Whether a type is the base of models or a model.</summary>
    public bool IsModel(ITypeSymbol? type)
    {
        for (var candidate = type; candidate is not null; candidate = candidate.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(candidate.OriginalDefinition, model))
            {
                return true;
            }
        }

        return false;
    }

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

    /// <summary>Whether what is made may compute with the weights that the model has now, whatever becomes of the model: a session with weights of its own, in bfloat16.</summary>
    public static bool KeepsWeights(IOperation creation)
    {
        var arguments = creation switch
        {
            IInvocationOperation call => call.Arguments,
            IObjectCreationOperation made => made.Arguments,
            _ => [],
        };

        // Float32 is 0.
        return arguments.Any(a => a is { Parameter.Name: "weights", ArgumentKind: ArgumentKind.Explicit } && a.Value.ConstantValue is not { HasValue: true, Value: 0 });
    }

    /// <summary>The word for it in a message.</summary>
    public static string Word(ITypeSymbol? type) => type?.Name switch
    {
        "Session" => "session",
        "Trainer" => "trainer",
        "Predictor" => "predictor",
        "Evaluator" => "evaluator",
        _ => "generator",
    };
}
