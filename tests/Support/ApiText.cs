using System.Globalization;
using System.Reflection;
using System.Text;

namespace NacrithOnnx.Tests.Support;

/// <summary>The public types and members of an assembly as text, one per line, sorted.</summary>
internal static class ApiText
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static
        | BindingFlags.DeclaredOnly;

    public static string Of(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (var type in assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(Describe(type)).Append('\n');
            var members = type.GetMembers(Declared).Select(Describe).OfType<string>();
            foreach (var line in members.Order(StringComparer.Ordinal))
            {
                text.Append("    ").Append(line).Append('\n');
            }
        }

        return text.ToString();
    }

    private static string Describe(Type type)
    {
        var kind = type.IsEnum ? "enum" : type.IsInterface ? "interface" : type.IsValueType ? "struct" : "class";
        var modifier = type.IsAbstract && type.IsSealed ? "static "
            : type.IsInterface || type.IsValueType ? string.Empty
            : type.IsAbstract ? "abstract "
            : type.IsSealed ? "sealed "
            : string.Empty;
        var bases = new List<string>();
        if (type.BaseType is { } parent
            && parent != typeof(object) && parent != typeof(ValueType) && parent != typeof(Enum))
        {
            bases.Add(Name(parent));
        }

        var interfaces = type.GetInterfaces().Except(type.BaseType?.GetInterfaces() ?? []);
        bases.AddRange(interfaces.Select(Name).Order(StringComparer.Ordinal));
        var parents = bases.Count > 0 ? " : " + string.Join(", ", bases) : string.Empty;
        return $"{modifier}{kind} {type.FullName}{parents}";
    }

    private static string? Describe(MemberInfo member) => member switch
    {
        FieldInfo field when IsVisible(field.Attributes) && !field.IsSpecialName => Field(field),
        ConstructorInfo constructor when IsVisible(constructor) => $"new({Parameters(constructor)})",
        MethodInfo method when IsVisible(method) && !method.IsSpecialName => Method(method),
        PropertyInfo property when property.GetAccessors(nonPublic: true).Any(IsVisible) => Property(property),
        _ => null,
    };

    private static string Field(FieldInfo field)
    {
        var value = field.IsLiteral
            ? " = " + Convert.ToString(field.GetRawConstantValue(), CultureInfo.InvariantCulture)
            : string.Empty;
        var modifier = field.IsLiteral ? "const " : field.IsStatic ? "static " : string.Empty;
        return $"{modifier}{Name(field.FieldType)} {field.Name}{value}";
    }

    private static string Method(MethodInfo method)
    {
        var generic = method.IsGenericMethodDefinition
            ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>"
            : string.Empty;
        var modifier = method.IsStatic ? "static " : string.Empty;
        return $"{modifier}{Name(method.ReturnType)} {method.Name}{generic}({Parameters(method)})";
    }

    private static string Property(PropertyInfo property)
    {
        var accessors = property.GetAccessors(nonPublic: true).Where(IsVisible).ToList();
        var set = !accessors.Contains(property.SetMethod!) ? string.Empty
            : property.SetMethod!.ReturnParameter.GetRequiredCustomModifiers().Length > 0 ? " init;"
            : " set;";
        var isStatic = accessors[0].IsStatic ? "static " : string.Empty;
        return $"{isStatic}{Name(property.PropertyType)} {property.Name} {{ get;{set} }}";
    }

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsVisible(FieldAttributes attributes) =>
        (attributes & FieldAttributes.FieldAccessMask) is FieldAttributes.Public or FieldAttributes.Family;

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        var modifier = parameter.IsOut ? "out " : parameter.ParameterType.IsByRef ? "ref " : string.Empty;
        var value = parameter.HasDefaultValue ? $" = {Default(parameter)}" : string.Empty;
        return $"{modifier}{Name(parameter.ParameterType)} {parameter.Name}{value}";
    }

    private static string Default(ParameterInfo parameter) => parameter.RawDefaultValue switch
    {
        null => parameter.ParameterType.IsValueType ? "default" : "null",
        bool value => value ? "true" : "false",
        var value => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Name(Type type)
    {
        if (type.IsByRef)
        {
            return Name(type.GetElementType()!);
        }

        if (type.IsArray)
        {
            return Name(type.GetElementType()!) + "[]";
        }

        return type.IsGenericType
            ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
            : type.Name;
    }
}
