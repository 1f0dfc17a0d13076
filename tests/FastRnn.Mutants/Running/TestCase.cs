using System.Collections;
using System.Reflection;

namespace FastRnn.Mutants.Running;

/// <summary>One test with one row of data.</summary>
/// <param name="Type">Its class.</param>
/// <param name="Method">What is called.</param>
/// <param name="Row">The arguments.</param>
internal sealed record TestCase(Type Type, MethodInfo Method, object?[] Row)
{
    /// <summary>Class, method and arguments.</summary>
    public string Name { get; } = $"{Type.FullName}.{Method.Name}({string.Join(", ", Row.Select(Text))})";

    /// <summary>All tests of an assembly: what <c>[Fact]</c> and <c>[Theory]</c> say, by the attributes' names, so that this program is
    /// built without the tests' packages.</summary>
    /// <param name="tests">The assembly.</param>
    /// <param name="filter">Which classes, by their full names.</param>
    public static IReadOnlyList<TestCase> Of(Assembly tests, Func<string, bool> filter) =>
    [
        .. tests.GetTypes()
            .Where(type => type is { IsAbstract: false, ContainsGenericParameters: false } && filter(type.FullName!)
                && type.GetConstructor([]) is not null)
            .OrderBy(type => type.FullName, StringComparer.Ordinal)
            .SelectMany(type => type.GetMethods(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public)
                .OrderBy(method => method.Name, StringComparer.Ordinal)
                .SelectMany(method => Rows(method).Select(row => new TestCase(type, method, Filled(method, row))))),
    ];

    /// <summary>Runs it; the exception that it ended with, or null.</summary>
    public Exception? Run()
    {
        try
        {
            var test = Method.IsStatic ? null : Activator.CreateInstance(Type);
            try
            {
                if (Method.Invoke(test, Row) is Task task)
                    task.GetAwaiter().GetResult();
            }
            finally
            {
                (test as IDisposable)?.Dispose();
            }

            return null;
        }
        catch (TargetInvocationException e)
        {
            return e.InnerException ?? e;
        }
#pragma warning disable CA1031 // whatever a test throws is its result
        catch (Exception e)
#pragma warning restore CA1031
        {
            return e;
        }
    }

    private static IEnumerable<object?[]> Rows(MethodInfo method)
    {
        var attributes = method.GetCustomAttributes(inherit: true);
        var fact = attributes.FirstOrDefault(attribute => Is(attribute.GetType(), "FactAttribute"));
        if (fact is null || fact.GetType().GetProperty("Skip")?.GetValue(fact) is string)
            return [];
        if (!Is(fact.GetType(), "TheoryAttribute"))
            return [[]];
        return attributes.Where(attribute => Is(attribute.GetType(), "DataAttribute"))
            .SelectMany(data => ((IEnumerable?)data.GetType().GetMethod("GetData")!.Invoke(data, [method]))?.Cast<object?[]>() ?? []);
    }

    private static bool Is(Type? type, string name) => type is not null && (type.Name == name || Is(type.BaseType, name));

    private static object?[] Filled(MethodInfo method, object?[] row) =>
        [.. row, .. method.GetParameters().Skip(row.Length).Select(parameter => parameter.DefaultValue)];

    private static string Text(object? value) => value switch
    {
        null => "null",
        string text => text,
        Array array => $"[{string.Join(", ", array.Cast<object?>().Select(Text))}]",
        IFormattable number => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
