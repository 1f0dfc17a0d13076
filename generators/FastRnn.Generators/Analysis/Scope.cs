using FastRnn.Generators.Diagnostics;

namespace FastRnn.Generators.Analysis;

/// <summary>What the names in Step stand for at some point, and which values were never read.</summary>
internal sealed class Scope
{
    private readonly Dictionary<string, Variable> variables = [];
    private readonly List<Variable> unread = [];

    /// <summary>What Step is given. It need not be read.</summary>
    public void Take(string name, Operand value) => variables[name] = new Variable(name, value, default) { IsRead = true };

    /// <summary>Whether a name is known, without reading it.</summary>
    public bool Contains(string name) => variables.ContainsKey(name);

    /// <summary>The value that a name has, without reading it.</summary>
    public Operand Peek(string name) => variables[name].Value;

    public Operand? Read(string name)
    {
        if (!variables.TryGetValue(name, out var variable))
        {
            return null;
        }

        variable.IsRead = true;
        return variable.Value;
    }

    public void Assign(string name, Operand value, Place place)
    {
        var variable = new Variable(name, value, place);
        variables[name] = variable;
        unread.Add(variable);
    }

    /// <summary>The values that were assigned and never read.</summary>
    public IEnumerable<Problem> Unused() =>
        unread.Where(v => !v.IsRead).Select(v => Problem.Of(Descriptors.UnusedValue, v.Place, v.Name));

    private sealed class Variable(string name, Operand value, Place place)
    {
        public string Name { get; } = name;

        public Operand Value { get; } = value;

        public Place Place { get; } = place;

        public bool IsRead { get; set; }
    }
}
