using System.Reflection;

namespace FastRnn.Tests.Models;

/// <summary>Where there are models.</summary>
internal static class TestAssemblies
{
    /// <summary>The project of the many models, which this one does not know: it is there if a project of tests uses it.</summary>
    private const string Others = "FastRnn.Tests.Models";

    /// <summary>All that the running tests know of.</summary>
    public static IReadOnlyList<Assembly> All { get; } = File.Exists(Path.Combine(AppContext.BaseDirectory, Others + ".dll"))
        ? [typeof(TestAssemblies).Assembly, Assembly.Load(Others)]
        : [typeof(TestAssemblies).Assembly];

    /// <summary>All models: what is declared is tested. Rows of labels are no targets of positions: those models have tests of their
    /// own.</summary>
    public static IEnumerable<Type> Models => All.SelectMany(assembly => assembly.GetTypes())
        .Where(type => type.GetCustomAttribute<ModelAttribute>() is not null && type.GetCustomAttribute<CtcAttribute>() is null
            && !type.Has(TestTraits.Apart));

    public static bool IsIn<TModels>(Type model)
        where TModels : IModelSet => model.Assembly == TModels.Assembly;

    public static bool Has(this Type model, TestTraits trait) =>
        model.GetCustomAttribute<TestedAttribute>()?.Traits.HasFlag(trait) == true;

    /// <summary>A generic class of tests, made for a model.</summary>
    public static object MakeFor(Type generic, Type model) => Activator.CreateInstance(generic.MakeGenericType(model))!;
}
