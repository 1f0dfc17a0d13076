using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace FastRnn.Generators.Analyzers;

/// <summary>Warns where several threads call one session: the body of a parallel loop, or of tasks and threads that a loop starts, calls a
/// session from outside of it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SharedSessionAnalyzer() : UseAnalyzer(UseDescriptors.Shared)
{
    private static readonly HashSet<string> Calls =
    [
        "Step", "Run", "Reset", "GetState", "SetState", "GetStream", "SetStream", "Fork", "Start", "Generate", "Accumulate", "Update",
        "ResetState", "LossSum",
        "MeanLoss", "Evaluate", "Forward", "Backward", "BackwardFromLoss", "Explain",
    ];

    private static readonly HashSet<string> Waits = ["Join", "Wait", "WaitAll", "WaitAny", "WhenAll", "GetResult"];

    private protected override void Register(CompilationStartAnalysisContext start, RuntimeTypes types) =>
        start.RegisterOperationAction(context => Check(context, types), OperationKind.AnonymousFunction);

    private static void Check(OperationAnalysisContext context, RuntimeTypes types)
    {
        var body = (IAnonymousFunctionOperation)context.Operation;
        if (Argument(body) is not { } argument || AtOnce(argument, body) is not { } region)
        {
            return;
        }

        foreach (var call in body.Body.Descendants().OfType<IInvocationOperation>())
        {
            // Code that locks has been thought about. A property may give each thread another session.
            if (types.IsRunner(call.Instance?.Type) && Calls.Contains(call.TargetMethod.Name)
                && Operations.Named(call.Instance) is { } session and not IPropertySymbol && !Operations.IsDeclaredIn(session, region)
                && !session.GetAttributes().Any(a => a.AttributeClass?.Name == "ThreadStaticAttribute") && !IsLocked(call, body))
            {
                context.ReportDiagnostic(
                    Diagnostic.Create(UseDescriptors.Shared, call.Instance!.Syntax.GetLocation(), call.Instance.Syntax.ToString()));
                return;
            }
        }
    }

    private static IArgumentOperation? Argument(IAnonymousFunctionOperation body)
    {
        var parent = body.Parent;
        while (parent is IDelegateCreationOperation or IConversionOperation or IParenthesizedOperation)
        {
            parent = parent.Parent;
        }

        return parent as IArgumentOperation;
    }

    // What several threads do at once: a lambda that runs in parallel with itself, or a loop that starts threads. What is declared inside,
    // each has for its own.
    private static SyntaxNode? AtOnce(IArgumentOperation argument, IAnonymousFunctionOperation body) => argument.Parent switch
    {
        IInvocationOperation
        {
            TargetMethod:
            {
                Name: "For" or "ForEach" or "ForAsync" or "ForEachAsync",
                ContainingType: var type
            }
        } call =>
            Is(type, "Parallel") && argument.Parameter?.Name is "body" && !HasOneThread(call) ? body.Syntax : null,
        IInvocationOperation { TargetMethod: { Name: "ForAll" or "Select" or "Where" or "SelectMany", ContainingType: var type } } =>
            Is(type, "ParallelEnumerable") ? body.Syntax : null,
        IInvocationOperation { TargetMethod: { Name: "Run", ContainingType: var type } } call when Is(type, "Task") => StartingLoop(call),
        IInvocationOperation { TargetMethod: { Name: "StartNew", ContainingType: var type } } call when Is(type, "TaskFactory") =>
            StartingLoop(call),
        IInvocationOperation { TargetMethod: { Name: "QueueUserWorkItem", ContainingType: var type } } call when Is(type, "ThreadPool") =>
            StartingLoop(call),
        IObjectCreationOperation { Type: INamedTypeSymbol type } creation when Is(type, "Thread") => StartingLoop(creation),
        _ => null,
    };

    private static bool Is(INamedTypeSymbol type, string name) =>
        type.Name == name
            && type.ContainingNamespace.ToDisplayString() is ("System.Threading" or "System.Threading.Tasks" or "System.Linq");

    // MaxDegreeOfParallelism = 1, or options that are made elsewhere: it is not known how many threads there are.
    private static bool HasOneThread(IInvocationOperation call) =>
        call.Arguments.FirstOrDefault(a => a.Parameter?.Type.Name == "ParallelOptions") is { } options
        && !(Operations.Value(options.Value) is IObjectCreationOperation { Initializer: var members }
            && members?.Initializers.OfType<ISimpleAssignmentOperation>()
            .All(m => m.Value.ConstantValue is not { HasValue: true, Value: 1 }) != false);

    // A loop that waits anywhere may wait for each task before it starts the next.
    private static SyntaxNode? StartingLoop(IOperation start) =>
        Operations.Loop(start) is { } loop
        && !loop.Descendants().Any(o => o is IAwaitOperation or IPropertyReferenceOperation { Property.Name: "Result" }
            || (o is IInvocationOperation call && Waits.Contains(call.TargetMethod.Name))) ? loop.Syntax : null;

    private static bool IsLocked(IOperation operation, IOperation end)
    {
        for (var parent = operation.Parent; parent is not null && parent != end; parent = parent.Parent)
        {
            if (parent is ILockOperation or IUsingOperation)
            {
                return true;
            }
        }

        return end.Descendants().OfType<IInvocationOperation>()
            .Any(o => o.TargetMethod.Name is "Enter" or "EnterScope" or "Wait" or "WaitAsync" or "WaitOne" or "TryEnter");
    }
}
