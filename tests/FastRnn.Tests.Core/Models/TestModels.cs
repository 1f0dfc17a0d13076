using FastRnn.CompilerServices;

namespace FastRnn.Tests.Models;

/// <summary>Every model that is a chain of layers and reads one thing. <see cref="StructuredModels"/> has the others.</summary>
internal static class TestModels
{
    private static readonly Dictionary<string, (Type Type, ITestModel Model)> ByName = Find();

    /// <summary>All names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. ByName.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Those that can be trained.</summary>
    public static IReadOnlyList<string> WithLoss { get; } = [.. Names.Where(name => Of(name).Info.Loss != LossKind.None)];

    public static IEnumerable<string> NamesOf<TModels>()
        where TModels : IModelSet => Names.Where(IsIn<TModels>);

    public static IEnumerable<string> WithLossOf<TModels>()
        where TModels : IModelSet => WithLoss.Where(IsIn<TModels>);

    public static ITestModel Of(string name) => ByName[name].Model;

    public static IStateRun StatesOf(string name) => (IStateRun)TestAssemblies.MakeFor(typeof(StateRun<>), ByName[name].Type);

    public static bool Has(string name, TestTraits trait) => ByName[name].Type.Has(trait);

    private static bool IsIn<TModels>(string name)
        where TModels : IModelSet => TestAssemblies.IsIn<TModels>(ByName[name].Type);

    private static Dictionary<string, (Type Type, ITestModel Model)> Find() => TestAssemblies.Models
        .Select(type => (Type: type, Model: (ITestModel)TestAssemblies.MakeFor(typeof(TestModel<>), type)))
        .Where(pair => IsChain(pair.Model.Info))
        .ToDictionary(pair => pair.Model.Name, StringComparer.Ordinal);

    /// <summary>Whether every layer is a kernel that reads the one before it, and begins with zeros.</summary>
    private static bool IsChain(ModelInfo info) =>
        info.Source is null && info.ConditionSize == 0 && info.Input != InputKind.Mixed
        && info.Layers.Select((layer, index) => (layer.Wiring, index)).All(place =>
            place.Wiring.Operation == LayerOperation.Kernel && place.Wiring.Sources.SequenceEqual([place.index - 1])
            && place.Wiring.Starts.All(start => start.Kind == StartKind.Zero));
}
