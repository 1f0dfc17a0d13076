using System.Reflection;

using FastRnn.CompilerServices;

namespace FastRnn.Tests.Models;

/// <summary>Every model that this assembly declares as a chain of layers: what is declared is tested. <see cref="StructuredModels"/> has
/// the others.</summary>
internal static class TestModels
{
    private static readonly Dictionary<string, ITestModel> ByName = Find();

    /// <summary>All names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. ByName.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Those that can be trained.</summary>
    public static IReadOnlyList<string> WithLoss { get; } = [.. Names.Where(name => ByName[name].Info.Loss != LossKind.None)];

    public static ITestModel Of(string name) => ByName[name];

    private static Dictionary<string, ITestModel> Find() => typeof(TestModels).Assembly.GetTypes()
        .Where(type => type.GetCustomAttribute<ModelAttribute>() is not null)
        .Select(type => (ITestModel)Activator.CreateInstance(typeof(TestModel<>).MakeGenericType(type))!)
        .Where(model => IsChain(model.Info))
        .ToDictionary(model => model.Name, StringComparer.Ordinal);

    /// <summary>Whether every layer is a kernel that reads the one before it, and begins with zeros.</summary>
    private static bool IsChain(ModelInfo info) =>
        info.Source is null && info.ConditionSize == 0 && info.Layers.Select((layer, index) => (layer.Wiring, index)).All(
        place => place.Wiring.Operation == LayerOperation.Kernel && place.Wiring.Sources.SequenceEqual([place.index - 1])
            && place.Wiring.Starts.All(start => start.Kind == StartKind.Zero));
}
